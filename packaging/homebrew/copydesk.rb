# Made for each release by scripts/formula.py, from packaging/homebrew/copydesk.rb.
class Copydesk < Formula
  desc "Checks news drafts against a newsroom's archive: language server and lint command"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@DOWNLOADS@/copydesk-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256 aarch64-apple-darwin@"
    end
    on_intel do
      url "@DOWNLOADS@/copydesk-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256 x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@DOWNLOADS@/copydesk-@VERSION@-aarch64-unknown-linux-gnu.tar.gz"
      sha256 "@SHA256 aarch64-unknown-linux-gnu@"
    end
    on_intel do
      url "@DOWNLOADS@/copydesk-@VERSION@-x86_64-unknown-linux-gnu.tar.gz"
      sha256 "@SHA256 x86_64-unknown-linux-gnu@"
    end
  end

  def install
    bin.install "copydesk"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/copydesk.bash" => "copydesk"
    zsh_completion.install "completions/_copydesk"
    fish_completion.install "completions/copydesk.fish"
  end

  test do
    (testpath/"draft.md").write "The meeting on Monday, 5 March 2024, was short.\n"
    assert_match "date-weekday", shell_output("#{bin}/copydesk lint draft.md --format concise", 1)
  end
end
