/** What every change brings: its journal entry, with the states of its object. */
package bulla.commonops.change;
