#!/bin/sh
# The shell for install scripts during the bootstrap's `npm ci`. npm calls `node-gyp rebuild` for any package with a binding.gyp, also
# for better-sqlite3, which carries its binaries; node-gyp then wants Python and Node's headers, only to find nothing to build.
# npm runs this as: installShell.sh -c '<script>', in the package's folder.
if [ "$2" = "node-gyp rebuild" ] && ls prebuilds/*.node >/dev/null 2>&1; then
  exit 0
fi
exec sh "$@"
