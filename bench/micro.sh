#!/usr/bin/env bash
# Runs the micro-benchmarks: bench/micro.sh [JMH'S ARGUMENTS], such as: bench/micro.sh -f 1 -wi 3 -i 5 EventWriting
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
classes=$root/bench/micro/target/classes
cd -- "$root"
mvn -q -DskipTests -pl bench/micro -am package dependency:build-classpath \
  -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=runtime
exec java -Drepository.root="$root" -cp "$classes:$(cat bench/micro/target/classpath.txt)" org.openjdk.jmh.Main "$@"
