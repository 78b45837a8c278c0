/** The deployed policy: model, access evaluation, JOSE envelope, seal and open. Pure Java. */
package bulla.resilientpackage;
