import { fileURLToPath } from 'node:url';

/** Where screenshots go; git does not keep them. */
export const pictures = fileURLToPath(new URL('../screenshots', import.meta.url));
