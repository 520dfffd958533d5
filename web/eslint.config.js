import hooks from 'eslint-plugin-react-hooks';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

const rooms = readdirSync(new URL('./src/features', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const onlyCharts = { group: ['echarts', 'echarts/*'], message: 'Only shared/charts draws with echarts.' };
const noApp = { group: ['@/app/*', '**/app/*'], message: 'app puts the rooms together; nothing imports it.' };
const forbid = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/shared/gql/documents.ts', '.vite', 'journeys/screenshots'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'journeys/**/*.ts'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['src/app/**/*.{ts,tsx}'], rules: forbid(onlyCharts) },
  {
    files: ['src/shared/**/*.{ts,tsx}'],
    rules: forbid(onlyCharts, noApp, { group: ['@/features/*', '**/features/*'], message: 'shared knows no feature.' }),
  },
  { files: ['src/shared/charts/**'], rules: forbid(noApp, { group: ['@/features/*', '**/features/*'], message: 'shared knows no feature.' }) },
  // A feature imports shared rooms and its own files, never another feature.
  ...rooms.map((room) => {
    const others = rooms.filter((other) => other !== room);
    return {
      files: [`src/features/${room}/**/*.{ts,tsx}`],
      rules: forbid(onlyCharts, noApp, {
        group: others.flatMap((other) => [`@/features/${other}/**`, `@/features/${other}`, `../${other}/**`, `../${other}`, `../../${other}/**`]),
        message: 'Features never import each other; what two need belongs to shared, what joins them to app.',
      }),
    };
  }),
);
