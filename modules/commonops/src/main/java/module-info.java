/**
 * What every API shares: version, health, doc, log, authentication, problems, paging, conditional
 * requests.
 */
open module bulla.commonops {
  requires bulla.audit;
}
