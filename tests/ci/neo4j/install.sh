#!/usr/bin/env bash
# Gets Neo4j from Maven Central and makes the commands that its packages have: install.sh FOLDER puts neo4j, neo4j-admin
# and cypher-shell into FOLDER/bin, the server's files into FOLDER/home. The server listens on loopback, port 17687.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/bin" "$1/home/conf" "$1/home/data" "$1/home/logs" "$1/home/import" "$1/home/plugins" "$1/home/run"
folder=$(cd "$1" && pwd)
mvn -B -q -ntp -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
  -DoutputDirectory="$folder/lib" >"$folder/maven.log" 2>&1 || { tail -30 "$folder/maven.log"; exit 1; }
cat >"$folder/home/conf/neo4j.conf" <<CONF
server.default_listen_address=127.0.0.1
server.bolt.listen_address=:17687
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.heap.max_size=768m
server.memory.pagecache.size=128m
CONF
command() { # NAME CLASS [ARGUMENT...]
  local name=$1 class=$2
  shift 2
  cat >"$folder/bin/$name" <<COMMAND
#!/bin/sh
export NEO4J_HOME='$folder/home' NEO4J_CONF='$folder/home/conf'
exec java -Xmx768m --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED \\
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \\
  -cp '$folder/lib/*' $class $* "\$@"
COMMAND
  chmod +x "$folder/bin/$name"
}
command neo4j-admin org.neo4j.cli.AdminTool
command cypher-shell org.neo4j.shell.Main
command neo4j org.neo4j.server.CommunityEntryPoint "--home-dir='$folder/home'" "--config-dir='$folder/home/conf'"
