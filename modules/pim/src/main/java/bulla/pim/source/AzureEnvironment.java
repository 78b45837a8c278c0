package bulla.pim.source;

/** The national clouds of Microsoft Graph, each with its own addresses. */
public enum AzureEnvironment {
  /** The global service. */
  GLOBAL("https://login.microsoftonline.com", "https://graph.microsoft.com"),
  /** For the government of the United States, level L4. */
  US_GOVERNMENT("https://login.microsoftonline.us", "https://graph.microsoft.us"),
  /** For the Department of Defense of the United States, level L5. */
  US_DOD("https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
  /** China, operated by 21Vianet. */
  CHINA("https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn");

  private final String login;
  private final String graph;

  AzureEnvironment(String login, String graph) {
    this.login = login;
    this.graph = graph;
  }

  /** Where tokens come from, without a slash at its end. */
  String login() {
    return login;
  }

  /** Where the directory is read, without a slash at its end. */
  String graph() {
    return graph;
  }
}
