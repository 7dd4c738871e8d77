# PowerShell completion for colosseum; load it with: colosseum completion powershell | Out-String | Invoke-Expression
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
        $value, $text = $line -split "`t", 2
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
        $word = if ($value -match '[\s''"`$@#(){};,|&<>]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($word, $value, 'ParameterValue', $text)
    }
}
