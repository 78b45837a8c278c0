-- Of a role or a data element, too, rules are listed in the order of their creation without reading
-- all others of the policy; and so are the members of a role.
create index pim_rule_of_role on pim_rule (policy_id, role_id, id);
create index pim_rule_of_element on pim_rule (policy_id, data_element_id, id);
create index pim_role_member_order on pim_role_member (role_id, id);

-- How many rules a policy has, which every page of them says: counting a hundred thousand takes
-- longer than reading the page. It is no column of the policy, whose readers would wait for changes
-- of its rules.
create table pim_rule_count (
  policy_id bigint not null primary key references pim_policy,
  rules bigint not null
);
insert into pim_rule_count (policy_id, rules)
  select r.policy_id, count(*) from pim_rule r group by r.policy_id;
