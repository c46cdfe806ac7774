<#
.SYNOPSIS
    Asks language models: in one piece, word by word, about a picture, and in a conversation.
.OUTPUTS
    A row for each reply. A reply reads as its text, and carries tokens, times and the whole conversation.
.EXAMPLE
    ./samples/Chat.ps1
    Runs against an emulator, which repeats what it was asked.
.EXAMPLE
    ./samples/Chat.ps1 'Why is the sea salty?' -Image ./beach.jpg -Real
#>
[CmdletBinding()]
param(
    # The question.
    [Parameter(Position = 0)]
    [string] $Message = 'Name three things that make a lighthouse easy to recognise.',

    # A picture to ask about.
    [string] $Image = "$PSScriptRoot/data/shore.png",

    # The model for text.
    [string] $Model = 'deepseek-ai/deepseek-v3.2',

    # The model for pictures. It has to take them.
    [string] $ImageModel = 'qwen/qwen3-vl-8b-instruct',

    # Use the service in place of an emulator.
    [switch] $Real,

    # The module, where it is not the one that was built here or is installed.
    [string] $ModulePath,

    # How fast the emulator's time runs; 0 finishes everything at once.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

# In one piece.
$plain = Invoke-AtlasChat $Message -Model $Model -System 'Answer in one short paragraph.' -MaxTokens 500

# Word by word. The last chunk carries the whole reply.
Write-Host "`n${Message}`n"
$streamed = Invoke-AtlasChat $Message -Model $Model -Stream | ForEach-Object {
    Write-Host $_.Text -NoNewline
    if ($_.Reply) { $_.Reply }
}
Write-Host "`n`nThe first words came after $([math]::Round($streamed.TimeToFirstToken.TotalMilliseconds)) ms."

# About a picture. A small file is sent along, a large one is uploaded.
$seen = Invoke-AtlasChat 'What is in this picture?' -Model $ImageModel -Image $Image

# A conversation: a reply that is piped on takes its model and all that was said along.
$shorter = $plain | Invoke-AtlasChat 'Now in ten words.'
$title = $shorter | Invoke-AtlasChat 'And as a title.'
Write-Host "The conversation has $($title.Conversation.Count) messages."

$replies = [ordered]@{ plain = $plain; streamed = $streamed; picture = $seen; shorter = $shorter; title = $title }
foreach ($way in $replies.Keys) {
    [pscustomobject]@{ Way = $way; Tokens = $replies[$way].Usage; Model = $replies[$way].Model; Reply = $replies[$way] }
}
