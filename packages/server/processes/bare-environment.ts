/**
 * The environment of a process or a thread that needs none: it only learns where what was compiled before lies (`bin/refreel` says where),
 * without which stripping types alone takes a tenth of a second.
 */
export function bareEnvironment(): Record<string, string> {
  const { NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
}
