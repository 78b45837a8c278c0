package bulla.commonops.caller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceAddressTest {
  @Test
  void anIpv4AddressIsOneSource() {
    assertThat(SourceAddress.source("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(SourceAddress.source("unknown")).isEqualTo("unknown");
  }

  @Test
  void allAddressesOfAnIpv6NetworkAreOneSource() {
    assertThat(SourceAddress.source("2001:db8:0:1:aaaa::1"))
        .isEqualTo(SourceAddress.source("2001:db8::1:bbbb:0:0:2"))
        .isNotEqualTo(SourceAddress.source("2001:db8:0:2::1"));
  }
}
