package bulla.protector;

/** A program that prints what it is called: a name in each line, then its user. */
public final class PrintIdentity {
  private PrintIdentity() {}

  public static void main(String[] arguments) {
    ApplicationIdentity identity = ApplicationIdentity.ofProcess();
    identity.names().forEach(System.out::println);
    System.out.println(identity.user());
  }
}
