package bulla.identity.user;

/**
 * What a request says of a person; null where it says nothing.
 *
 * @param email up to 254 characters; empty to remove it
 * @param firstName up to 255 characters
 * @param lastName up to 255 characters
 */
record Profile(String email, String firstName, String lastName) {}
