#!/usr/bin/env bash
# Checks that every relative link in the project's Markdown files leads to a file. Prints each that does not.
set -euo pipefail
cd "$(dirname "$0")/../.."

broken=0
while IFS=: read -r file line target; do
    path=${target%%#*}
    case "$target" in
        *://* | mailto:* | '#'*) continue ;;
    esac
    if [ ! -e "$(dirname "$file")/$path" ]; then
        echo "$file:$line: there is no $path" >&2
        broken=1
    fi
done < <(git ls-files -z '*.md' | xargs -0 grep -noE '\]\([^) ]+\)' /dev/null | sed -E 's/\]\((.*)\)$/\1/')
exit $broken
