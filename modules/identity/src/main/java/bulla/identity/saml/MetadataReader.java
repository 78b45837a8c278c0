package bulla.identity.saml;

import bulla.commonops.problem.Problem;
import bulla.identity.problem.IdentityProblem;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads the metadata of a SAML identity provider. A document type declaration is refused, and with
 * it external and expanding entities (OWASP, "XML External Entity Prevention"); so are deep nesting
 * and too many attributes. A signature on the metadata is not checked: the administrator who names
 * it vouches for it.
 */
final class MetadataReader {
  /** Characters or bytes of a whole document. */
  static final int LARGEST = 512 * 1024;

  private static final String MD = "urn:oasis:names:tc:SAML:2.0:metadata";
  private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
  private static final String SAML_2 = "urn:oasis:names:tc:SAML:2.0:protocol";
  private static final int MOST_CERTIFICATES = 5;
  private static final int LONGEST_ENTITY_ID = 1024;
  private static final int LONGEST_URL = 2048;

  private final Clock clock;

  MetadataReader(Clock clock) {
    this.clock = clock;
  }

  /**
   * Reads a document.
   *
   * @param member the member of the request that it comes from
   * @throws Problem 400 saying what is wrong
   */
  Metadata read(InputSource source, String member) {
    var reading = new Reading(member);
    Element root = reading.document(source);
    return reading.metadata(reading.provider(root));
  }

  /** Reads for one request. */
  private final class Reading {
    private final String member;

    Reading(String member) {
      this.member = member;
    }

    Element document(InputSource source) {
      try {
        return builder().parse(source).getDocumentElement();
      } catch (SAXException | IOException malformed) {
        throw refused(
            "It is not well-formed XML, has a document type declaration, or nests too deeply");
      }
    }

    /** The one identity provider of the document, which may be inside a list of entities. */
    Element provider(Element root) {
      var entities = new ArrayList<Element>();
      if (is(root, MD, "EntitiesDescriptor")) {
        requireValid(root);
        // One level: lists in lists are for federations, of which nobody configures a whole.
        entities.addAll(children(root, MD, "EntityDescriptor"));
      } else if (is(root, MD, "EntityDescriptor")) {
        entities.add(root);
      }
      List<Element> providers =
          entities.stream()
              .flatMap(entity -> children(entity, MD, "IDPSSODescriptor").stream())
              .filter(MetadataReader::speaksSaml2)
              .toList();
      if (providers.size() != 1) {
        throw refused(
            "It must describe exactly one identity provider (IDPSSODescriptor) of SAML 2.0, and"
                + " describes "
                + providers.size());
      }
      return providers.get(0);
    }

    Metadata metadata(Element provider) {
      Element entity = (Element) provider.getParentNode();
      requireValid(entity);
      requireValid(provider);
      String entityId = entity.getAttribute("entityID");
      if (entityId.isBlank()
          || entityId.length() > LONGEST_ENTITY_ID
          || !entityId.matches("[\\x21-\\x7E]+")) {
        throw refused("The entityID is missing or not a URI");
      }
      return new Metadata(
          entityId,
          endpoint(provider, "SingleSignOnService")
              .orElseThrow(
                  () -> refused("There is no SingleSignOnService with HTTP-POST or HTTP-Redirect")),
          endpoint(provider, "SingleLogoutService"),
          certificates(provider),
          formats(provider));
    }

    private Optional<Metadata.Endpoint> endpoint(Element provider, String name) {
      List<Element> services = children(provider, MD, name);
      for (Metadata.Binding binding : Metadata.Binding.values()) {
        for (Element service : services) {
          if (service.getAttribute("Binding").equals(binding.uri())) {
            return Optional.of(
                new Metadata.Endpoint(binding, location(service.getAttribute("Location"), name)));
          }
        }
      }
      return Optional.empty();
    }

    private String location(String text, String name) {
      try {
        URI location = new URI(text);
        if (text.length() <= LONGEST_URL
            && "https".equalsIgnoreCase(location.getScheme())
            && location.getHost() != null
            && location.getRawUserInfo() == null) {
          return text;
        }
      } catch (URISyntaxException noUrl) {
        throw refused("The Location of " + name + " is not a URL");
      }
      throw refused("The Location of " + name + " is not an https URL");
    }

    private List<String> certificates(Element provider) {
      var certificates = new LinkedHashSet<String>();
      for (Element key : children(provider, MD, "KeyDescriptor")) {
        // Without a use, a key is for both (saml-metadata-2.0-os section 2.4.1.1).
        if (key.getAttribute("use").equals("encryption")) {
          continue;
        }
        for (Element info : children(key, DS, "KeyInfo")) {
          for (Element data : children(info, DS, "X509Data")) {
            for (Element certificate : children(data, DS, "X509Certificate")) {
              certificates.add(
                  SigningCertificate.normalised(certificate.getTextContent())
                      .orElseThrow(() -> refused("An X509Certificate is not a certificate")));
            }
          }
        }
      }
      if (certificates.size() > MOST_CERTIFICATES) {
        throw refused("It has more than " + MOST_CERTIFICATES + " signing certificates");
      }
      return List.copyOf(certificates);
    }

    private List<String> formats(Element provider) {
      return children(provider, MD, "NameIDFormat").stream()
          .map(format -> format.getTextContent().strip())
          .filter(NameIdFormat::isKnown)
          .distinct()
          .toList();
    }

    private void requireValid(Element element) {
      String until = element.getAttribute("validUntil");
      try {
        if (!until.isEmpty() && !OffsetDateTime.parse(until).toInstant().isAfter(clock.instant())) {
          throw refused("It was valid until " + OffsetDateTime.parse(until).toInstant());
        }
      } catch (DateTimeException malformed) {
        throw refused("A validUntil is not a time with its zone");
      }
    }

    private Problem refused(String why) {
      return IdentityProblem.METADATA_REFUSED.because(why, member);
    }
  }

  private static DocumentBuilder builder() {
    // The JDK's own parser, whatever else the server has: these settings are known to it.
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setAttribute("jdk.xml.maxElementDepth", "50");
      factory.setAttribute("jdk.xml.elementAttributeLimit", "100");
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      return builder;
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException("The JDK's XML parser lacks a setting", impossible);
    }
  }

  /** Comments and processing instructions between elements are skipped. */
  private static List<Element> children(Element parent, String namespace, String name) {
    var found = new ArrayList<Element>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && is(element, namespace, name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static boolean is(Element element, String namespace, String name) {
    return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
  }

  private static boolean speaksSaml2(Element provider) {
    return List.of(provider.getAttribute("protocolSupportEnumeration").split("\\s+"))
        .contains(SAML_2);
  }

  /** Fails instead of writing to the standard error stream, as the default does. */
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException warning) {
      // Such a document can be read.
    }

    @Override
    public void error(SAXParseException error) throws SAXException {
      throw error;
    }

    @Override
    public void fatalError(SAXParseException error) throws SAXException {
      throw error;
    }
  }
}
