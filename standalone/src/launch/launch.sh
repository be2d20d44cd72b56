# Sourced by ./microstream and by the scripts of benchmarks/ and live-api/: finds Java, builds what is out of date, and
# knows the options that Flink wants of a JVM. Sets: java, opens.
#   MAVEN_ARGS   further arguments of Maven, e.g. -o

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || { echo "$(basename "$0"): no java found. Install a JDK 17" >&2; exit 1; }

opens=(--add-exports=java.base/sun.net.util=ALL-UNNAMED --add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED
  --add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED)
for module in java.lang java.net java.io java.nio sun.nio.ch java.lang.reflect java.text java.time java.util \
  java.util.concurrent java.util.concurrent.atomic java.util.concurrent.locks; do
  opens+=(--add-opens=java.base/$module=ALL-UNNAMED)
done

# Builds a module and those it needs, unless that was done since the sources last changed; says which one it is at.
# Tests are not run, and compiled only with -Dmaven.test.skip=false. What ends up in MODULE/target is complete when it returns; else the script ends.
build() { # HOME MODULE GOALS...
  local home=$1 module=$2 built=$1/$2/target/built above=$1/benchmarks tests=*/src/test log line fetched=0
  shift 2
  [[ $module != benchmarks ]] || above=$home/standalone
  [[ " $* " != *" -Dmaven.test.skip=false "* ]] || tests=
  [[ ! -f $built || -n $(find "$home" \( -name target -o -name .git -o -path "$above" -o -path "$tests" \) -prune -o \
    \( -path '*/src/*' -o -name pom.xml -o -name '*.sql' \) -newer "$built" -type f -print -quit) ]] || return 0
  command -v mvn >/dev/null || { echo "$(basename "$0"): no mvn found. Install Maven 3.8 or newer" >&2; exit 1; }
  log=$(mktemp)
  touch "$log.began"
  # shellcheck disable=SC2086
  if ! (cd "$home" && exec mvn -B -Dstyle.color=never ${MAVEN_ARGS:-} -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -pl "$module" -am "$@" 2>&1) | while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    if [[ $line =~ ^\[INFO\]\ Building\ ([A-Za-z-]+)\ .*\[([0-9]+)/([0-9]+)\]$ ]]; then
      echo "building ${BASH_REMATCH[1]} ... ${BASH_REMATCH[2]}/${BASH_REMATCH[3]}" >&2
    elif [[ $line == *"Downloaded from"* ]] && ((++fetched % 100 == 0)); then
      echo "  $fetched files downloaded" >&2
    fi
  done; then
    cat "$log" >&2
    echo "$(basename "$0"): the build failed, see above" >&2
    exit 1
  fi
  mv "$log.began" "$built"
  rm -f "$log"
}
