/** The three ways in, as the authentication filter of every API asks for them. */
package bulla.identity.authentication;
