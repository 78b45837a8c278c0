/** The engine: tokens, FF1, encryption, masks. Pure Java. */
package bulla.protection;
