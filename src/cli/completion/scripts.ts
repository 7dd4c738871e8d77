export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * What a shell loads. Each asks `colosseum completion complete` for the words, so that wallets, hotkeys and codes are those of
 * the moment and the scripts never grow old; a line `:files` or `:folders` leaves the names to the shell.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# bash completion for colosseum; load it with: source <(colosseum completion bash)
_colosseum() {
  local line="\${COMP_LINE:0:COMP_POINT}" cur prefix value text
  local -a words
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  cur="\${words[\${#words[@]}-1]}"
  # Readline replaces only what follows the last of its own word breaks.
  prefix=""
  [[ $cur == *[:=]* && $COMP_WORDBREAKS == *:* ]] && prefix="\${cur%"\${cur##*[:=]}"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r value text; do
    case $value in
      :files) while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "\${cur#"$prefix"}"); compopt -o filenames 2>/dev/null ;;
      :folders) while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -d -- "\${cur#"$prefix"}"); compopt -o filenames 2>/dev/null ;;
      *) printf -v value '%q' "$value"; COMPREPLY+=("\${value#"$prefix"}") ;;
    esac
  done < <(colosseum completion complete "--current=$cur" -- "\${words[@]:1:\${#words[@]}-2}" 2>/dev/null)
}
complete -F _colosseum colosseum
`,
  zsh: `#compdef colosseum
# zsh completion for colosseum; load it with: source <(colosseum completion zsh)
_colosseum() {
  local line value text names
  local -a before described
  before=("\${(@)words[2,CURRENT-1]}")
  for line in "\${(@f)$(colosseum completion complete "--current=\${words[CURRENT]}" -- "\${before[@]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    value=\${line%%$'\\t'*}
    text=\${line#*$'\\t'}
    case $value in
      :files|:folders) names=$value ;;
      *) described+=("\${value//:/\\\\:}:$text") ;;
    esac
  done
  (( $#described )) && _describe 'colosseum' described
  [[ $names == :files ]] && _files
  [[ $names == :folders ]] && _files -/
  return 0
}
if [[ $funcstack[1] == _colosseum ]]; then
  _colosseum "$@"
else
  compdef _colosseum colosseum
fi
`,
  fish: `# fish completion for colosseum; load it with: colosseum completion fish | source
function __colosseum_complete
    set -l before (commandline -opc)
    set -e before[1]
    set -l current (commandline -ct)
    for line in (colosseum completion complete "--current=$current" -- $before 2>/dev/null)
        switch $line
            case ':files*'
                __fish_complete_path $current
            case ':folders*'
                __fish_complete_directories $current
            case '*'
                echo $line
        end
    end
end
complete -c colosseum -f -a '(__colosseum_complete)'
`,
  powershell: `# PowerShell completion for colosseum; load it with: colosseum completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName colosseum -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    # Words behind the cursor do not count; one in quotes counts without them.
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
            if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
        })
    # In quotes, because npm's colosseum.ps1 would take a bare -- for the end of its own parameters and keep it.
    $lines = @(colosseum completion complete "--current=$wordToComplete" '--' @before 2>$null)
    foreach ($line in $lines) {
        if (-not $line) { continue }
        $value, $text = $line -split "\`t", 2
        if ($value -eq ':files' -or $value -eq ':folders') {
            $flag = ''
            $path = "$wordToComplete"
            if ($path -match '^(--[^=]+=)(.*)$') { $flag = $Matches[1]; $path = $Matches[2] }
            foreach ($name in [System.Management.Automation.CompletionCompleters]::CompleteFilename($path)) {
                if ($value -eq ':folders' -and $name.ResultType -ne 'ProviderContainer') { continue }
                [System.Management.Automation.CompletionResult]::new($flag + $name.CompletionText, $name.ListItemText, $name.ResultType, $name.ToolTip)
            }
            continue
        }
        if (-not $text) { $text = $value }
        $word = if ($value -match '[\\s''"\`$@#(){};,|&<>]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($word, $value, 'ParameterValue', $text)
    }
}
`,
};
