BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')
    Enter-Test
    $emulator = Start-TestEmulator
    Connect-Atlas (New-TestSession $emulator)
    $model = 'google/nano-banana-2/text-to-image'
    $folder = Join-Path $TestDrive 'out'
    $hostile = "</script><script>alert('x')</script>"
    $prediction = 'a fox', $hostile | New-AtlasImage -Model $model -Label mine -Seed 7 | Wait-AtlasPrediction
    $files = $prediction | Save-AtlasOutput $folder -Metadata -Name '{label}-{id:8}'
    'a,b' | Set-Content "$folder/table.csv"

    function Read-Gallery {
        # Returns the items of a page.
        param($Page)
        $html = Get-Content -LiteralPath $Page -Raw
        $null = $html -match '(?s)<script type="application/json" id="data">(.*?)</script'
        $Matches[1] | ConvertFrom-Json
    }
}

AfterAll { Exit-Test }

Describe 'Export-AtlasGallery' {
    It 'writes a page next to the files of Save-AtlasOutput' {
        $page = $files | Export-AtlasGallery -Title 'Foxes & more'
        $page | Should -BeOfType [IO.FileInfo]
        $page.FullName | Should -Be (Join-Path (Get-Item $folder).FullName 'gallery.html')
        $items = Read-Gallery $page
        $items | Should -HaveCount 2
        $items[0].src | Should -Be $files[0].Name
        $items.prompt | Should -Contain $hostile
        $items[0].price | Should -BeGreaterThan 0
        $items[0].seed | Should -Be 7
        $items[0].label | Should -Be 'mine'
        $items[0].command | Should -Be "Import-AtlasRequest './$($files[0].Name).json' | New-AtlasImage"
        Get-Content $page -Raw | Should -BeLike '*<title>Foxes &amp; more</title>*'
    }

    It 'does not overwrite a page unless -Force is specified' {
        Assert-AtlasError (Get-ErrorOf { $files | Export-AtlasGallery }) -Id FileExists -Category ResourceExists
        $files | Export-AtlasGallery -Force | Should -HaveCount 1
    }

    It 'writes nothing with -WhatIf' {
        Export-AtlasGallery -Path $folder -Destination "$TestDrive/never.html" -WhatIf
        "$TestDrive/never.html" | Should -Not -Exist
    }

    It 'accepts <What>, and each file once' -TestCases @(
        @{ What = 'a folder'; Export = { Export-AtlasGallery -Path $folder -Destination $page -Force } }
        @{ What = 'wildcards'; Export = { Export-AtlasGallery -Path "$folder/*.png" -Destination $page -Force } }
        @{ What = 'metadata files'; Export = { Export-AtlasGallery -Path "$folder/*.json" -Destination $page -Force } }
        @{ What = 'literal paths'; Export = { Export-AtlasGallery -LiteralPath $files.FullName -Destination $page -Force } }
        @{ What = 'files with their metadata files'; Export = { Get-ChildItem $folder | Export-AtlasGallery $page -Force -WarningAction SilentlyContinue } }
        @{ What = 'text'; Export = { $files.FullName | Export-AtlasGallery $page -Force } }
        @{ What = 'journal entries'; Export = { Get-AtlasPrediction -Journal | Export-AtlasGallery $page -Force } }
        @{ What = 'saved predictions'; Export = { $prediction | Export-AtlasGallery $page -Force } }
    ) {
        $page = "$TestDrive/pages/$([guid]::NewGuid().ToString('N')).html"
        $null = & $Export
        $items = Read-Gallery $page
        $items | Should -HaveCount 2
        $items.src | Should -BeLike '../out/mine-*.png'
        $items.prompt | Should -Contain 'a fox'
    }

    It 'takes the request from the files of Save-AtlasOutput without -Metadata' {
        $plain = New-AtlasImage "it's a fox" -Model $model | Wait-AtlasPrediction | Save-AtlasOutput "$TestDrive/plain"
        $page = $plain | Export-AtlasGallery -WarningVariable warning
        $warning | Should -BeNullOrEmpty
        (Read-Gallery $page).command | Should -Be "New-AtlasImage -Model '$model' -Parameters @{ 'prompt' = 'it''s a fox' }"
    }

    It 'warns about files that are not in the gallery and results without a request' {
        Copy-Item $files[0] "$TestDrive/bare.png"
        $null = "$TestDrive/bare.png", "$folder/table.csv" | Export-AtlasGallery "$TestDrive/bare.html" -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -HaveCount 2
        $warning[0] | Should -BeLike '*table.csv*not in the gallery*'
        $warning[1] | Should -BeLike '1 of 1 files have no .json file with their request*'
    }

    It 'writes to gallery.html in an existing folder' {
        $place = (New-Item "$TestDrive/place" -ItemType Directory).FullName
        ($files | Export-AtlasGallery $place).FullName | Should -Be (Join-Path $place 'gallery.html')
    }

    It 'continues with the others if an input fails' {
        $page = "$TestDrive/rest.html"
        $found = Get-ErrorOf { "$TestDrive/missing.png", $files[0].FullName | Export-AtlasGallery $page }
        Assert-AtlasError $found -Id InvalidParameter -Category InvalidArgument -Message '*missing.png*does not exist*'
        Read-Gallery $page | Should -HaveCount 1
    }

    It 'reports <What>' -TestCases @(
        @{ What = 'a prediction that is not saved'; Export = { New-AtlasImage 'a cat' -Model $model | Wait-AtlasPrediction | Export-AtlasGallery "$TestDrive/x.html" -ErrorAction Stop }; Message = 'The journal has no saved files*' }
        @{ What = 'an object that is not a file'; Export = { 5 | Export-AtlasGallery "$TestDrive/x.html" -ErrorAction Stop }; Message = '*of type Int32*' }
        @{ What = 'an empty input'; Export = { @() | Export-AtlasGallery "$TestDrive/x.html" }; Message = 'There are no results*' }
        @{ What = 'a destination that is not a page'; Export = { $files | Export-AtlasGallery "$TestDrive/x.png" }; Message = '*extension .html*' }
    ) {
        Assert-AtlasError (Get-ErrorOf $Export) -Id InvalidParameter -Category InvalidArgument -Message $Message
        "$TestDrive/x.html" | Should -Not -Exist
    }

    It 'needs no API key and no connection' {
        Disconnect-Atlas
        try { $files.FullName | Export-AtlasGallery "$TestDrive/offline.html" | Should -HaveCount 1 }
        finally { Connect-Atlas (New-TestSession $emulator) }
    }
}
