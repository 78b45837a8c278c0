/** The keys of a package: whom it is sealed to, who signs it, whose signatures are trusted. */
package bulla.resilientpackage.keys;
