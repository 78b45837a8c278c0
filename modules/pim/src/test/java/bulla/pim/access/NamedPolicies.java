package bulla.pim.access;

import static java.util.stream.Collectors.toMap;

import bulla.pim.policy.Policies;
import bulla.resilientpackage.policy.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policies that are called by their numbers. */
final class NamedPolicies implements Policies {
  @Override
  public Map<Long, String> names(Collection<Long> ids) {
    return ids.stream().collect(toMap(id -> id, id -> "p" + id));
  }

  @Override
  public List<Long> allReferenced(List<String> uids, String list) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<Long, List<Rule>> rules(Collection<Long> ids) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<Long> roles(Collection<Long> ids) {
    throw new UnsupportedOperationException();
  }
}
