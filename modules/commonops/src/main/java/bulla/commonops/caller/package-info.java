/** Who makes the current request, and the journal entries of what it does. */
package bulla.commonops.caller;
