// A reader of resilient packages by docs/package-format.md alone, with the package jose.
//
//   node reader.mjs RPS.JSON KEY.PEM SIGNER.JWKS.JSON NAME...
//
// Prints as JSON, for each name and each data element, what an unprotect, a protect and a reprotect
// are answered.
import { readFile } from 'node:fs/promises'
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, flattenedDecrypt, importPKCS8 } from 'jose'

const KEY_WRAPS = ['RSA-OAEP-256', 'RSA-OAEP-512']
const SAME = ['version', 'coreVersion', 'dataStore', 'serial', 'iat']

const [packageFile, keyFile, jwksFile, ...names] = process.argv.slice(2)
const payload = await open(packageFile, keyFile, jwksFile)
console.log(JSON.stringify(Object.fromEntries(names.map((name) => [name, rights(name)]))))

async function open(packageFile, keyFile, jwksFile) {
  const sealed = JSON.parse(await readFile(packageFile, 'utf8'))
  const header = decodeProtectedHeader(sealed)
  require(KEY_WRAPS.includes(header.alg) && header.typ === 'bulla-package+jwe', 'an envelope')
  const key = await importPKCS8(await readFile(keyFile, 'utf8'), header.alg)
  const { plaintext } = await flattenedDecrypt(sealed, key, {
    keyManagementAlgorithms: KEY_WRAPS,
    contentEncryptionAlgorithms: ['A256GCM'],
  })
  const trusted = createLocalJWKSet(JSON.parse(await readFile(jwksFile, 'utf8')))
  const signed = await compactVerify(plaintext, trusted, { algorithms: ['ES256'] })
  require(signed.protectedHeader.typ === 'bulla-package+jws', 'a signed content')
  const content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(signed.payload))
  require(content.aud === header.kid, 'made for this key')
  for (const member of SAME) {
    require(content[member] === header[member], 'the same ' + member)
  }
  require(content.version === 1 && content.coreVersion === 1, 'a known version')
  require(content.exp === undefined || content.exp > Date.now() / 1000, 'not expired')
  return content
}

function rights(name) {
  const comparable = name.normalize('NFC').toLowerCase().normalize('NFC')
  const index = Object.hasOwn(payload.users, comparable)
    ? payload.users[comparable]
    : payload.defaultProfile
  const answers = {}
  for (const element of payload.dataElements) {
    answers[element.name] = index === undefined ? 'code 1' : answer(payload.profiles[index], element)
  }
  return answers
}

function answer(profile, element) {
  if (!Object.hasOwn(profile, element.uid)) {
    return 'code 3'
  }
  const { access, mask, noAccessOperation } = profile[element.uid]
  const unprotect = !access.unProtect
    ? noAccessOperation
    : mask === undefined
      ? 'clear'
      : 'mask ' + Object.values(payload.masks.find((one) => one.uid === mask).mask).join(' ')
  return `protect ${access.protect} reprotect ${access.reProtect} unprotect ${unprotect}`
}

function require(holds, what) {
  if (!holds) {
    throw new Error('The package is not ' + what)
  }
}
