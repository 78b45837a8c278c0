package bulla.rpswar;

import bulla.rps.RpsApplication;
import jakarta.ws.rs.ApplicationPath;

/**
 * The class that the container must find in the WAR itself; all it serves comes from the EAR's lib.
 */
@ApplicationPath("/")
public class RpsApi extends RpsApplication {}
