/** Whether the application has started. */
package bulla.commonops.startup;
