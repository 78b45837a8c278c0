package bulla.pim.datastore;

import bulla.pim.object.JpaPolicyObjects;
import bulla.pim.object.ObjectType;
import jakarta.enterprise.context.Dependent;
import java.util.Optional;

/** Keeps the data stores in the table {@code pim_data_store}. */
@Dependent
class JpaDataStoreRepository extends JpaPolicyObjects<DataStore> implements DataStoreRepository {
  JpaDataStoreRepository() {
    super(ObjectType.DATA_STORE, DataStore.class);
  }

  @Override
  public Optional<DataStore> findDefault() {
    return entityManager
        .createQuery("select s from DataStore s where s.defaultStore = true", DataStore.class)
        .getResultStream()
        .findFirst();
  }
}
