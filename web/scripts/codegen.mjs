// Reads every *.graphql under src, checks it against the gateway's schema, and writes
//   src/shared/gql/documents.ts  typed documents (made, not checked in)
//   documents.json               sha256 → text: what the gateway knows by hash (checked in)
// A document that the schema refuses ends the run with its file and line: `npm run typecheck` starts here.
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { TypeInfo, buildSchema, getNamedType, isObjectType, isInterfaceType, isUnionType, Kind, parse, print, Source, specifiedRules, NoUnusedFragmentsRule, stripIgnoredCharacters, validate, visit, visitWithTypeInfo } from 'graphql';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const schemaFile = process.env.BANLIAN_SCHEMA ?? join(root, '../graphql/schema.graphql');

/** Every file below a folder whose name ends so, sorted. */
function filesBelow(folder, ending) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path, ending);
      return entry.name.endsWith(ending) ? [path] : [];
    })
    .sort();
}

/** Writes only what changed, whole: two runs at once never leave half a file. */
function write(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  const scratch = `${path}.${process.pid}`;
  writeFileSync(scratch, text);
  renameSync(scratch, path);
}

if (!existsSync(schemaFile)) {
  console.error(`${schemaFile} is missing: the gateway's tests write it (BANLIAN_SCHEMA names another one)`);
  process.exit(1);
}
const schemaText = readFileSync(schemaFile, 'utf8');
const schema = buildSchema(schemaText, { assumeValidSDL: true });
const sources = filesBelow(join(root, 'src'), '.graphql').map((path) => ({
  location: relative(root, path),
  document: parse(new Source(readFileSync(path, 'utf8'), relative(root, path))),
}));

const everything = { kind: Kind.DOCUMENT, definitions: sources.flatMap((source) => source.document.definitions) };
const faults = validate(schema, everything, specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule), { maxErrors: 50 });
for (const fault of faults) {
  const at = fault.nodes?.[0]?.loc;
  console.error(`${at ? `${at.source.name}:${at.startToken.line}:${at.startToken.column}` : '?'}: ${fault.message}`);
}
if (faults.length > 0) process.exit(1);

const fragments = new Map(
  everything.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
);

/** An operation with every fragment it needs, in one order whatever the files' order. */
function whole(operation) {
  const needed = new Set();
  const look = (node) =>
    visit(node, {
      FragmentSpread({ name }) {
        if (needed.has(name.value)) return;
        needed.add(name.value);
        look(fragments.get(name.value));
      },
    });
  look(operation);
  return { kind: Kind.DOCUMENT, definitions: [operation, ...[...needed].sort().map((name) => fragments.get(name))] };
}

/** The object types whose fields the document reads: an event about one of them makes its answer old. */
function typesRead(document) {
  const info = new TypeInfo(schema);
  const found = new Set();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map((type) => type?.name);
  visit(document, visitWithTypeInfo(info, {
    Field() {
      const parent = info.getParentType();
      const own = getNamedType(info.getType());
      for (const type of [parent, own]) {
        if ((isObjectType(type) || isInterfaceType(type) || isUnionType(type)) && !roots.includes(type.name)) found.add(type.name);
      }
    },
  }));
  return [...found].filter((name) => !/(Connection|Edge|Payload|PageInfo|UserError)$/.test(name)).sort();
}

const known = {};
const made = [];
for (const operation of everything.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)) {
  const name = operation.name.value;
  const kind = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }[operation.operation];
  const document = whole(operation);
  const text = stripIgnoredCharacters(print(document));
  const hash = createHash('sha256').update(text).digest('hex');
  known[hash] = text;
  // A mutation whose input takes an idempotency key gets one from the client.
  const input = operation.operation === 'mutation' ? operation.variableDefinitions?.find((one) => one.variable.name.value === 'input') : undefined;
  const inputType = input && schema.getType(print(input.type).replace(/[!\[\]]/g, ''));
  const keyed = Boolean(inputType && 'getFields' in inputType && inputType.getFields().idempotencyKey);
  made.push(
    `export const ${name}: Document<${name}${kind}, ${name}${kind}Variables> = {\n` +
      `  name: '${name}',\n  hash: '${hash}',\n  types: ${JSON.stringify(typesRead(document))},\n${keyed ? '  keyed: true,\n' : ''}  text: ${JSON.stringify(text)},\n};\n`,
  );
}

const scalars = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter((type) => type.astNode?.kind === Kind.SCALAR_TYPE_DEFINITION)
    .map((type) => [type.name, ['OrganisationNo', 'Int'].includes(type.name) ? 'number' : 'string']),
);
const types = await codegen({
  filename: 'documents.ts',
  schema: parse(schemaText),
  documents: sources,
  config: {},
  plugins: [{ operations: { scalars: { ...scalars, ID: 'string' }, enumType: 'string-literal', skipTypename: true, avoidOptionals: false, arrayInputCoercion: false, dedupeFragments: true } }],
  pluginMap: { operations },
});

// Enums that no document uses are given too: the labels of src/shared/i18n/labels.ts must name every word of each.
const emitted = new Set([...types.matchAll(/export type (\w+)/g)].map((match) => match[1]));
const enums = Object.values(schema.getTypeMap())
  .filter((type) => type.astNode?.kind === Kind.ENUM_TYPE_DEFINITION && !emitted.has(type.name))
  .map((type) => `export type ${type.name} = ${type.getValues().map((value) => `'${value.name}'`).join(' | ')};\n`);

write(
  join(root, 'src/shared/gql/documents.ts'),
  `// Made by scripts/codegen.mjs from the *.graphql files and the gateway's schema. Do not edit.\n/* eslint-disable */\nimport type { Document } from './document.ts';\n\n${types}\n${enums.join('\n')}\n${made.join('\n')}`,
);
write(join(root, 'documents.json'), `${JSON.stringify(Object.fromEntries(Object.entries(known).sort()), null, 1)}\n`);
console.log(`${made.length} documents agree with ${relative(process.cwd(), schemaFile)}`);
