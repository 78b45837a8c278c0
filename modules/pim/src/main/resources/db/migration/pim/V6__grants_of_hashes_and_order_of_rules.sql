-- Of a hash only the making can be granted, and rules from before that was checked may grant more.
update pim_rule set access_re_protect = false, access_un_protect = false, version = version + 1
  where (access_re_protect = true or access_un_protect = true) and data_element_id in
  (select e.id from pim_data_element e
    where e.method like '{"hmacSha1"%' or e.method like '{"hmacSha256"%');

-- A page of rules, in the order of their creation, without sorting all rules of the policy.
create index pim_rule_order on pim_rule (policy_id, id);
