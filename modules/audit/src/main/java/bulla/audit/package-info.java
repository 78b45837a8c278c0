/** The journal of what happened: who, from where, what, with which outcome. */
package bulla.audit;
