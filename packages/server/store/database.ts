import type { Connection } from './connection.ts';

/** An open store, migrated to what this program knows. */
export interface Database {
  readonly kind: 'embedded' | 'postgres';
  /** What every query function takes. */
  readonly connection: Connection;
  /** Sweeps what has expired and, embedded, shortens the log and vacuums. Runs by itself; call it to have it done now. */
  maintain(): Promise<void>;
  /** Waits for what is running, then lets go of the folder. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Between two runs of maintenance. Default 30; 0 leaves it to the caller. */
  readonly maintenanceSeconds?: number;
  /** Stops after so many steps of the schema: for putting a backup of an older version back. Default: all. */
  readonly steps?: number;
  /** Only looks: nothing is brought up to date, and no work of a process that is gone is taken up. */
  readonly asItIs?: true;
  /** Of a PostgreSQL that nobody has used yet, makes the schema anew; one that holds anything is refused. */
  readonly anew?: boolean;
  /** Connections to PostgreSQL. Default 10. The embedded database has one. */
  readonly connections?: number;
}

/** A database that is kept in order while it is open. */
export function withMaintenance(opened: {
  readonly kind: Database['kind'];
  readonly connection: Connection;
  readonly options: DatabaseOptions;
  maintain(): Promise<void>;
  close(): Promise<void>;
}): Database {
  const seconds = opened.options.maintenanceSeconds ?? 30;
  let running: Promise<void> | undefined;
  const maintain = (): Promise<void> => {
    running ??= opened.maintain().finally(() => {
      running = undefined;
    });
    return running;
  };
  // A run that fails (the server is away, the disk is full) is tried again at the next tick; requests say what is wrong meanwhile.
  const timer = seconds > 0 ? setInterval(() => void maintain().catch(() => {}), seconds * 1000) : undefined;
  timer?.unref();
  let closing: Promise<void> | undefined;
  return {
    kind: opened.kind,
    connection: opened.connection,
    maintain,
    close() {
      clearInterval(timer);
      closing ??= (running ?? Promise.resolve()).catch(() => {}).then(() => opened.close());
      return closing;
    },
  };
}
