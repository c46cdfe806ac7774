BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    $model = 'z-image/turbo'
    $edit = 'google/nano-banana-2/edit'
}

AfterAll { Exit-Test }

Describe 'Import-AtlasRequest' {
    BeforeEach {
        $emulator.ClearLedger()
        Connect-Atlas (New-TestSession $emulator)
        $folder = (New-Item "$TestDrive/$([guid]::NewGuid())" -ItemType Directory).FullName
    }

    It 'returns the request of a saved file, which is submitted again with a change' {
        $file = New-AtlasImage 'a fox' -Model $model -Seed 7 -Label fox | Wait-AtlasPrediction | Save-AtlasOutput $folder -Name fox -Metadata
        $request = $file | Import-AtlasRequest
        $request.PSObject.TypeNames[0] | Should -Be 'AtlasCloud.Request'
        $request.Model, $request.Kind, $request.Prompt, $request.Label, $request.Inputs.seed | Should -Be $model, 'Image', 'a fox', 'fox', 7
        $request.Source | Should -Be (Join-Path $folder fox.png.json)
        $again = $request | New-AtlasImage -Seed 8 -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        $again.Label | Should -Be fox
        $first, $second = Get-Submit $emulator
        $second.seed | Should -Be 8
        $second.prompt | Should -Be $first.prompt
    }

    It 'accepts wildcards and literal paths' {
        $null = 'a', 'b' | New-AtlasImage -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $folder -Name 'frame[{row}]' -Metadata
        @(Import-AtlasRequest "$folder/*.png").Count | Should -Be 2
        @(Import-AtlasRequest -LiteralPath "$folder/frame[1].png").Count | Should -Be 1
        @(Get-ChildItem $folder | Import-AtlasRequest).Count | Should -Be 2
    }

    It 'uploads an input again that is next to the file or in -InputPath' {
        $source = New-Picture "$folder/source.png"
        $null = New-AtlasImage 'edit' -Model $edit -Image $source | Wait-AtlasPrediction | Save-AtlasOutput "$folder/out" -Name edited -Metadata
        Get-Content "$folder/out/edited.png.json" -Raw | Should -Not -Match ([regex]::Escape($folder))
        Connect-Atlas (New-TestSession $emulator)
        { Import-AtlasRequest "$folder/out/edited.png" | New-AtlasImage -ErrorAction Stop } | Should -Throw "*'source.png'*" -ErrorId 'InvalidParameter,*'
        $null = Import-AtlasRequest "$folder/out/edited.png" -InputPath $folder | New-AtlasImage
        Copy-Item $source "$folder/out"
        $null = Import-AtlasRequest "$folder/out/edited.png" | New-AtlasImage
        @(Get-Submit $emulator).Count | Should -Be 3
        @(Get-Upload $emulator).Count | Should -Be 2
    }

    It 'returns the request of a journal entry that was recorded with -JournalPrompt' {
        $session = New-AtlasSession -BaseUri $emulator.BaseUri -ApiKey (ConvertTo-SecureString $emulator.ApiKey -AsPlainText) -JournalPath "$folder/journal.jsonl" -JournalPrompt
        $null = New-AtlasImage 'a fox' -Model $model -Session $session
        $entry = Get-AtlasPrediction -Journal -Session $session
        ($entry | Import-AtlasRequest).Prompt | Should -Be 'a fox'
        Get-Content "$folder/journal.jsonl" -Raw | Should -Not -Match $emulator.ApiKey
    }

    It 'keeps the request of a prediction that another process collects' {
        $session = New-AtlasSession -BaseUri $emulator.BaseUri -ApiKey (ConvertTo-SecureString $emulator.ApiKey -AsPlainText) -JournalPath "$folder/journal.jsonl" -JournalPrompt
        $null = New-AtlasImage 'a fox' -Model $model -Session $session
        $later = New-AtlasSession -BaseUri $emulator.BaseUri -ApiKey (ConvertTo-SecureString $emulator.ApiKey -AsPlainText) -JournalPath "$folder/journal.jsonl"
        $file = Get-AtlasPrediction -Pending -Session $later | Wait-AtlasPrediction -Session $later | Save-AtlasOutput $folder -Name late -Metadata -Session $later
        (Import-AtlasRequest $file).Prompt | Should -Be 'a fox'
    }

    It 'reports a file without metadata and continues' {
        $null = New-Item "$folder/alone.png" -ItemType File -Value x
        $null = New-AtlasImage a -Model $model | Wait-AtlasPrediction | Save-AtlasOutput $folder -Name good -Metadata
        $requests = Import-AtlasRequest "$folder/alone.png", "$folder/good.png" -ErrorVariable failed -ErrorAction SilentlyContinue
        @($requests).Count | Should -Be 1
        $failed.FullyQualifiedErrorId | Should -BeLike 'InvalidParameter,*'
    }

    It 'needs no session' {
        @{ request = @{ model = $model; prompt = 'x' } } | ConvertTo-Json | Set-Content "$folder/x.json"
        Disconnect-Atlas
        (Import-AtlasRequest "$folder/x.json").Prompt | Should -Be x
    }
}
