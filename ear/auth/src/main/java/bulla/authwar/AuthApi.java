package bulla.authwar;

import bulla.identity.IdentityApplication;
import jakarta.ws.rs.ApplicationPath;

/**
 * The class that the container must find in the WAR itself; all it serves comes from the EAR's lib.
 */
@ApplicationPath("/")
public class AuthApi extends IdentityApplication {}
