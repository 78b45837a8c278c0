/** SAML identity providers: their configuration, from their metadata. Nobody logs in by it yet. */
package bulla.identity.saml;
