// The main job, from the first login to an exported package, with nothing but the generated clients.
import { readFileSync, writeFileSync } from 'node:fs';
import * as auth from './generated/auth/index.js';
import * as pim from './generated/pim/index.js';
import * as rps from './generated/rps/index.js';

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

const url = given('BULLA_URL');
const run = given('RUN');

async function token(loginname: string, password: string): Promise<string> {
  const login = new auth.LoginApi(new auth.Configuration({ basePath: `${url}/pty/v1/auth` }));
  const answer = await login.createTokenRaw({ loginname, password });
  return answer.raw.headers.get('pty_access_jwt_token')!;
}

async function newUser(administrator: auth.Configuration, name: string, permission: string): Promise<string> {
  await new auth.RolesApi(administrator).createRole({
    writeRole: { name, permissions: ['can_create_token', permission] },
  });
  const password = `Passphrase-${crypto.randomUUID()}`;
  await new auth.UsersApi(administrator).createUser({
    createUser: { username: name, email: `${name}@example.com`, enabled: true, password, roles: [name] },
  });
  return token(name, password);
}

async function writePolicy(officer: pim.Configuration): Promise<string> {
  await new pim.InitApi(officer).initialize();
  const source = await new pim.SourcesApi(officer).createSource({
    writeSource: {
      name: `${run}-source`,
      type: pim.SourceType.File,
      connection: { userFile: 'users.txt', groupFile: 'groups.txt' },
    },
  });
  const roles = new pim.RolesApi(officer);
  const role = await roles.createRole({
    writeRole: { name: `${run}-role`, mode: pim.RoleMode.Manual, allowAll: false },
  });
  await roles.addMembers({
    uid: role.uid!,
    addMember: [{ name: 'team', source: source.uid!, type: pim.MemberType.Group }],
  });
  const mask = await new pim.MasksApi(officer).createMask({
    writeMask: { name: `${run}-mask`, fromLeft: 0, fromRight: 4, masked: false, character: '*' },
  });
  const element = await new pim.DataelementsApi(officer).createDataElement({
    createDataElement: {
      name: given('ELEMENT'),
      alphaNumericToken: {
        tokenizer: pim.AlphaNumericTokenTokenizerEnum.Slt13,
        fromLeft: 0,
        fromRight: 0,
        lengthPreserving: true,
        allowShort: pim.AlphaNumericTokenAllowShortEnum.Yes,
      },
    },
  });
  const grants = { access: { protect: true, reProtect: false, unProtect: true } };
  const policies = new pim.PoliciesApi(officer);
  const policy = await policies.createPolicy({ writePolicy: { name: `${run}-policy`, template: grants } });
  await policies.createRule({
    uid: policy.uid!,
    writeRule: {
      role: role.uid!,
      dataElement: element.uid!,
      mask: mask.uid!,
      noAccessOperation: pim.NoAccessOperation.NullValue,
      permission: grants,
    },
  });
  const stores = new pim.DatastoresApi(officer);
  const store = await stores.createDataStore({ writeDataStore: { name: `${run}-store`, _default: true } });
  const key = await stores.addExportKey({
    uid: store.uid!,
    addExportKey: { algorithm: 'RSA-OAEP-256', pem: readFileSync(given('PEM_FILE'), 'utf8') },
  });
  const deployed = await stores.deployDataStore({
    uid: store.uid!,
    deployStore: { policies: [policy.uid!], applications: [] },
  });
  if (deployed.state !== pim.DeployState.Deployed) {
    throw new Error(`It is ${deployed.state}`);
  }
  return key.fingerprint!.replaceAll(':', '');
}

const administrator = new auth.Configuration({
  basePath: `${url}/pty/v1/auth`,
  accessToken: await token('admin', given('PASSWORD')),
});
const officer = await newUser(administrator, `${run}-officer`, 'workbench_management_policy_write');
const exporter = await newUser(administrator, `${run}-exporter`, 'workbench_deployment_immutablepackage_export');
const fingerprint = await writePolicy(
  new pim.Configuration({ basePath: `${url}/pty/v2/pim`, accessToken: officer }),
);
const consumer = new rps.Configuration({ basePath: `${url}/pty/v1/rps`, accessToken: exporter });
const sealed = await new rps.ExportApi(consumer).exportPackage({ fingerprint, version: 1, coreVersion: 1 });
writeFileSync('rps.json', JSON.stringify(sealed));
writeFileSync('signer.jwks.json', JSON.stringify(await new rps.JwksApi(consumer).getPackageKeys()));
