import { type Command, InvalidArgumentError } from 'commander';
import { addTalkFlags } from './act.ts';

/** Adds what every command has that asks a server. */
export function addServerFlags(command: Command): Command {
  command
    .option('--server <url>', 'the server to ask (default: REFREEL_SERVER, or http://127.0.0.1:8787)')
    .option('--key-file <file>', 'a file that holds the key (default: the key in REFREEL_KEY, if any)');
  return addTalkFlags(command);
}

/** Adds what every command has that makes films on a server. */
export function addAcceptFlags(command: Command): Command {
  return command
    .option('-o, --output <film.mp4>', 'where the film goes; several are numbered')
    .option('--no-wait', 'print the id as soon as it is accepted')
    .option('--region <id>', 'where the vendor runs it, such as cn-beijing')
    .option('--idempotency-key <key>', 'the same key and request again are the same generation, for a day', readKey)
    .option('--quiet', 'print only the outcome');
}

function readKey(value: string): string {
  if (!/^[\x21-\x7e]{1,255}$/.test(value))
    throw new InvalidArgumentError('It must be 1 to 255 letters, digits or signs of ASCII without spaces.');
  return value;
}
