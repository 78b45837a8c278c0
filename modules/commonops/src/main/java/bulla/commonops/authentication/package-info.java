/**
 * Three ways to authenticate (bearer token, HTTP Basic, client certificate), one place; and who may
 * do what.
 */
package bulla.commonops.authentication;
