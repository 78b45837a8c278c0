package bulla.pim.deployment;

import bulla.pim.role.RoleDefinition;
import java.util.List;

/**
 * Roles as they were read, and their sources, which were read after them.
 *
 * @param roles with their members
 * @param sources what is needed to expand them, or why it could not be read
 */
record ReadMembers(List<RoleDefinition> roles, ReadSources sources) {}
