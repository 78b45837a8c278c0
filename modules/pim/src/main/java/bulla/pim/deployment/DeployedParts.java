package bulla.pim.deployment;

import java.util.List;

/** The numbers of the objects that a deploy took up. */
record DeployedParts(
    List<Long> policies, List<Long> applications, List<Long> elements, List<Long> roles) {}
