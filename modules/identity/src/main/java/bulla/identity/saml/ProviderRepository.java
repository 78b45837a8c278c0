package bulla.identity.saml;

import bulla.commonops.http.Page;
import java.util.List;
import java.util.Optional;

/** Where providers are kept. All calls belong into a transaction. */
interface ProviderRepository {
  Optional<SamlProvider> find(String alias);

  /** The provider, kept from other transactions until this one ends. */
  Optional<SamlProvider> lock(String alias);

  /** One page of all providers, in the order of their aliases. */
  List<SamlProvider> page(Page page);

  long count();

  /**
   * Stores a new provider.
   *
   * @throws bulla.commonops.problem.Problem 409 where the alias is taken
   */
  void add(SamlProvider provider);

  void remove(SamlProvider provider);
}
