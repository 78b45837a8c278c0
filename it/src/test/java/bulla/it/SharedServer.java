package bulla.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Tests on the one server that {@link BullaServer} gives. They have it to themselves, class by
 * class; those on a server of their own run beside them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(BullaServer.class)
@ResourceLock("bulla.it.shared-server")
@interface SharedServer {}
