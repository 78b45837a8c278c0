package bulla.pimwar;

import bulla.pim.PimApplication;
import jakarta.ws.rs.ApplicationPath;

/**
 * The class that the container must find in the WAR itself; all it serves comes from the EAR's lib.
 */
@ApplicationPath("/")
public class PimApi extends PimApplication {}
