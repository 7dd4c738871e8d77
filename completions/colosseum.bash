# bash completion for colosseum; load it with: source <(colosseum completion bash)
_colosseum() {
  local line="${COMP_LINE:0:COMP_POINT}" cur prefix value text
  local -a words
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  cur="${words[${#words[@]}-1]}"
  # Readline replaces only what follows the last of its own word breaks.
  prefix=""
  [[ $cur == *[:=]* && $COMP_WORDBREAKS == *:* ]] && prefix="${cur%"${cur##*[:=]}"}"
  COMPREPLY=()
  while IFS=$'\t' read -r value text; do
    case $value in
      :files) while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "${cur#"$prefix"}"); compopt -o filenames 2>/dev/null ;;
      :folders) while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -d -- "${cur#"$prefix"}"); compopt -o filenames 2>/dev/null ;;
      *) printf -v value '%q' "$value"; COMPREPLY+=("${value#"$prefix"}") ;;
    esac
  done < <(colosseum completion complete "--current=$cur" -- "${words[@]:1:${#words[@]}-2}" 2>/dev/null)
}
complete -F _colosseum colosseum
