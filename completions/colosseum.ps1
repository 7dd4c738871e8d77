# PowerShell completion for colosseum; load it with: colosseum completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName colosseum -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
    $lines = @(colosseum completion complete "--current=$wordToComplete" -- @before 2>$null)
    foreach ($line in $lines) {
        $value, $text = $line -split "`t", 2
        if ($value -eq ':files' -or $value -eq ':folders') {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
            continue
        }
        if (-not $text) { $text = $value }
        $word = if ($value -match '\s') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($word, $value, 'ParameterValue', $text)
    }
}
