/** Client certificates that are pinned to users. */
package bulla.identity.certificate;
