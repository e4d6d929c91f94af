// The completion script for bash: that of the argument parser, and what makes it see whole words.
//
// bash breaks words at colons and equals signs; a subject (measure:xx-1) or a field (kind=pocket) would be three words
// to it, and what is offered would be taken for the last of them. zsh and fish leave words whole.

import ArgumentParser

/// The completion script for bash.
enum BashCompletion {
  /// Whether a command line asks for it.
  static func isAskedFor(by arguments: [String]) -> Bool {
    arguments == ["--generate-completion-script", "bash"]
      || arguments == ["--generate-completion-script=bash"]
  }

  /// The script.
  static var script: String { Annals.completionScript(for: .bash) + "\n" + wholeWords }

  private static let wholeWords = #"""
    # Puts words together again that bash broke at : and =, asks for what can be offered, and gives back what comes
    # after the last break, since bash replaces no more than that.
    _annals_whole_words() {
        local -a whole=()
        local -i whole_index=0 index
        local word
        for ((index = 0; index < ${#COMP_WORDS[@]}; index++)); do
            word="${COMP_WORDS[index]}"
            if ((index > 1)) && [[ -n "${word}" && ("${word}" = [:=]* || "${whole[${#whole[@]} - 1]}" = *[:=]) ]]; then
                whole[${#whole[@]} - 1]+="${word}"
            else
                whole+=("${word}")
            fi
            ((index == COMP_CWORD)) && whole_index="$((${#whole[@]} - 1))"
        done
        local typed="${whole[whole_index]}"
        local -a COMP_WORDS=("${whole[@]}")
        local -i COMP_CWORD="${whole_index}"
        _annals "${1}" "${typed}" "${whole[whole_index > 0 ? whole_index - 1 : 0]}"
        COMPREPLY=("${COMPREPLY[@]#"${typed%"${typed##*[:=]}"}"}")
        # After field= comes its value, not a blank.
        if [[ "${#COMPREPLY[@]}" -eq 1 && "${COMPREPLY[0]}" = *= ]]; then
            compopt -o nospace 2>/dev/null
        fi
        return 0
    }

    complete -o filenames -F _annals_whole_words annals
    """#
}
