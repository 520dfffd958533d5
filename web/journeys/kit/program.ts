import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** An account that the program told about when it was ready. */
export interface Account {
  readonly login: string;
  readonly password: string;
}

/** Where the program answers, and who may sign in. */
export interface Running {
  readonly address: string;
  readonly accounts: readonly Account[];
}

const web = fileURLToPath(new URL('../..', import.meta.url));

/** The built program: of `make test`, else where cargo puts it. */
function program(): string {
  const path = process.env['BANLIAN_PROGRAM'] ?? resolve(web, process.env['CARGO_TARGET_DIR'] ?? '../target', 'debug/banlian');
  if (!existsSync(path)) throw new Error(`${path} is not there: cargo build --workspace --bin banlian`);
  if (!existsSync(join(web, 'dist/index.html'))) throw new Error('the console is not built: npm run build');
  return path;
}

/** What the program has told so far; nothing until it is ready. */
class Told {
  private address = '';
  private readonly accounts: Account[] = [];
  private done = false;

  hear(line: string): Running | null {
    this.address = /ready: (http:\S+)/.exec(line)?.[1] ?? this.address;
    const [, login, password] = /^ {2}(\S+) +(\S+) +\S/.exec(line) ?? [];
    if (this.address && login && password) this.accounts.push({ login, password });
    this.done ||= line.includes('Ctrl-C');
    return this.done ? { address: this.address, accounts: this.accounts } : null;
  }
}

/** A program that runs already, by the file that its output went to: used as it is and left running. */
export function running(output: string): Running {
  const told = new Told();
  const ready = readFileSync(output, 'utf8').split('\n').map((line) => told.hear(line)).find((one) => one !== null);
  if (!ready) throw new Error(`${output} does not say that the program is ready`);
  return ready;
}

/** Starts the whole program on a fresh folder with the small network, and waits until it has told its accounts. */
export async function start(): Promise<Running & { stop: () => Promise<void> }> {
  const data = join(tmpdir(), `banlian-journeys-${process.pid}`);
  const child = spawn(
    // It ends with this process, however this process ends.
    'setpriv',
    ['--pdeathsig', 'TERM', program(), 'up', '--layout', 'all-in-one', '--port', '0', '--scale', 'small', '--data', data, '--web', join(web, 'dist')],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const stop = async () => {
    await ended(child);
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { ...(await ready(child, said)), stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

function ready(child: ChildProcess, said: string[]): Promise<Running> {
  return new Promise((done, failed) => {
    if (!child.stdout) return;
    const told = new Told();
    const give = (why: string) => failed(new Error(`the program ${why}:\n${said.slice(-20).join('\n')}`));
    const timer = setTimeout(() => give('was not ready within three minutes'), 180_000);
    child.once('error', (error) => give(`did not start (${error.message})`));
    child.once('exit', () => give('ended'));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const ready = told.hear(line);
      if (!ready) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      done(ready);
    });
  });
}

/** Asks it to stop, and waits until it has; looked for again and again, since its `exit` event does not reach a teardown. */
async function ended(child: ChildProcess): Promise<void> {
  const over = () => child.exitCode !== null || child.signalCode !== null;
  const patience = Date.now() + 25_000;
  child.kill('SIGTERM');
  while (!over()) {
    if (Date.now() > patience) child.kill('SIGKILL');
    await new Promise((done) => setTimeout(done, 50));
  }
}
