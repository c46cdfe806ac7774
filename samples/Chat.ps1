<#
.SYNOPSIS
    Sends messages to language models: without and with streaming, with an image, and in a conversation.
.OUTPUTS
    A row for each reply. Converted to a string, a reply is its text. It also contains token usage, times and the whole conversation.
.EXAMPLE
    ./samples/Chat.ps1
    Uses an emulator, which repeats the message.
.EXAMPLE
    ./samples/Chat.ps1 'Why is the sea salty?' -Image ./beach.jpg -Real
#>
[CmdletBinding()]
param(
    # Message to send.
    [Parameter(Position = 0)]
    [string] $Message = 'Name three things that make a lighthouse easy to recognise.',

    # Image to ask about.
    [string] $Image = "$PSScriptRoot/data/shore.png",

    # ID of the model for text.
    [string] $Model = 'deepseek-ai/deepseek-v3.2',

    # ID of the model for images. It must accept images as input.
    [string] $ImageModel = 'qwen/qwen3-vl-8b-instruct',

    # Use the service instead of an emulator.
    [switch] $Real,

    # Path of the module. Default: the loaded, built or installed module.
    [string] $ModulePath,

    # Factor for the duration of the tasks in the emulator; 0 finishes them immediately.
    [double] $TimeScale = 0.1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$null = & "$PSScriptRoot/Connect-Sample.ps1" -Real:$Real -ModulePath $ModulePath -TimeScale $TimeScale

# Without streaming.
$plain = Invoke-AtlasChat $Message -Model $Model -System 'Answer in one short paragraph.' -MaxTokens 500

# With streaming. The last chunk contains the whole reply.
Write-Host "`n${Message}`n"
$streamed = Invoke-AtlasChat $Message -Model $Model -Stream | ForEach-Object {
    Write-Host $_.Text -NoNewline
    if ($_.Reply) { $_.Reply }
}
Write-Host "`n`nThe first token arrived after $([math]::Round($streamed.TimeToFirstToken.TotalMilliseconds)) ms."

# With an image. A small file is sent inline, a large one is uploaded.
$seen = Invoke-AtlasChat 'What is in this picture?' -Model $ImageModel -Image $Image

# A conversation: a reply in the pipeline provides the model and the conversation to continue.
$shorter = $plain | Invoke-AtlasChat 'Now in ten words.'
$title = $shorter | Invoke-AtlasChat 'And as a title.'
Write-Host "The conversation has $($title.Conversation.Count) messages."

$replies = [ordered]@{ plain = $plain; streamed = $streamed; picture = $seen; shorter = $shorter; title = $title }
foreach ($way in $replies.Keys) {
    [pscustomobject]@{ Way = $way; Tokens = $replies[$way].Usage; Model = $replies[$way].Model; Reply = $replies[$way] }
}
