package bulla.pim.object;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps objects in memory, with uids like the database's. */
public class InMemoryObjects<T extends PolicyObject> implements PolicyObjects<T> {
  private final ObjectType type;
  private final Map<Long, T> objects = new LinkedHashMap<>();
  private long last;

  public InMemoryObjects(ObjectType type) {
    this.type = type;
  }

  @Override
  public ObjectType type() {
    return type;
  }

  @Override
  public List<T> list() {
    return new ArrayList<>(objects.values());
  }

  @Override
  public List<T> findAll(Collection<Long> ids) {
    return list().stream().filter(object -> ids.contains(object.id())).toList();
  }

  @Override
  public Optional<T> find(long id) {
    return Optional.ofNullable(objects.get(id));
  }

  @Override
  public Optional<T> findNamed(String name) {
    return list().stream()
        .filter(object -> PolicyObject.key(object.name()).equals(PolicyObject.key(name)))
        .findFirst();
  }

  @Override
  public void add(T object) {
    object.stored(++last);
    objects.put(last, object);
  }

  @Override
  public void write(T object) {
    objects.put(object.id(), object);
  }

  @Override
  public void remove(T object) {
    objects.remove(object.id());
  }
}
