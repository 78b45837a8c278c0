package bulla.identity.certificate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Base64;

/** A client certificate that belongs to one user. */
@Entity
@Table(name = "identity_certificate")
class PinnedCertificate {
  @Id private String sha256;

  @Column(name = "user_id")
  private String userId;

  /** DER in Base64. */
  private String certificate;

  /** Milliseconds since 1970-01-01 UTC. */
  @Column(name = "added_at")
  private long addedAt;

  /** For JPA. */
  protected PinnedCertificate() {}

  PinnedCertificate(String userId, ClientCertificate certificate, Instant addedAt) {
    this.sha256 = certificate.sha256();
    this.userId = userId;
    this.certificate = Base64.getEncoder().encodeToString(certificate.der());
    this.addedAt = addedAt.toEpochMilli();
  }

  String sha256() {
    return sha256;
  }

  String userId() {
    return userId;
  }

  ClientCertificate certificate() {
    try {
      return ClientCertificate.fromDer(Base64.getDecoder().decode(certificate));
    } catch (CertificateException altered) {
      throw new IllegalStateException("A stored certificate cannot be read: " + sha256, altered);
    }
  }

  PinnedCertificateView view() {
    ClientCertificate pinned = certificate();
    return new PinnedCertificateView(
        sha256, pinned.subject(), pinned.notAfter().toEpochMilli(), addedAt);
  }
}
