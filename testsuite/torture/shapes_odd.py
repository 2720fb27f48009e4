# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Odd names, response files, and surroundings that are closed, missing, read-only or huge."""
from observe import FILL
from shape import shape, table

SHAPES = table("""
response: @plain.rsp
response-and-options: -g @plain.rsp -Wall
response-quoted: @quoted.rsp
response-nested: @outer.rsp
response-missing: @none.rsp -c a.c
response-recursive: @recursive.rsp
response-windows-quoting: --rsp-quoting=windows @windows.rsp
response-windows-default: @windows.rsp
response-newline: @newline.rsp
response-unclosed: @unclosed.rsp
response-empty: @empty.rsp -c a.c
response-nul: @nul.rsp
response-utf8-mark: @mark.rsp
response-utf16: @utf16.rsp
response-folder: @tmp -c a.c
response-device: @/dev/null -O2 -c a.c
response-at-alone: @ -c a.c
response-after-dashes: -O2 -c -- @at.c
name-space: -O2 -c 'sp ace.c'
name-shell: -O2 -c '$HOME;`id`.c'
name-quotes: -O2 -c "quo'\\"te.c"
name-backslash: -O2 -c 'back\\slash.c' -MMD
name-dash: -O2 -c -- -dash.c
name-dash-taken-for-option: -O2 -c -dash.c
name-trailing-blank: -O2 -c a.c -o 'x.o '
name-dot: -O2 -c ./a.c -o ./././x.o
name-absolute: -O2 -c /proc/self/cwd/a.c -o /proc/self/cwd/x.o
name-parent: -O2 -c ../w/a.c -o ../w/x.o
name-output-space: -O2 -c a.c -o 'out put.o' -MMD -g
name-several-dots: -O2 -c a.c -o a.b.c.o
output-folder: -O2 -c a.c -o tmp
output-folder-missing: -O2 -c a.c -o none/x.o
output-is-input: -O2 -c a.c -o a.c
output-stdout: -O2 -c a.c -o -
output-null: -O2 -c a.c -o /dev/null
output-null-link: main.c -o /dev/null
output-empty-name: -O2 -c a.c -o ''
output-full: -O2 -c a.c -o /dev/full
empty-argument: -O2 -c a.c '' -o x.o
empty-macro: -O2 -D '' -c a.c -o x.o
empty-folder: -O2 -I '' -c with-header.c -o x.o
probe-conftest: -c -g -O2 conftest.c
probe-conftest-link: -o conftest -g -O2 conftest.c
probe-fails: -Werror -fno-such-flag -c conftest.c
probe-unused: -Werror=unused-command-line-argument -c -xc /dev/null -o /dev/null
probe-empty: -E -dM -x c /dev/null
""")

LONE = "-D" + "y" * (128 * 1024 - 4)  # one argument may hold 128 KiB with its end

SHAPES += [
    shape("name-newline", ["-O2", "-c", "new\nline.c"]),
    shape("name-newline-depend", ["-O2", "-MMD", "-c", "new\nline.c", "-o", "x\n.o"]),
    shape("name-bytes", ["-O2", "-g", "-c", b"b\xff.c"]),
    shape("name-bytes-output", ["-O2", "-c", "a.c", "-o", b"\xfe\x80.o", b"-DX=\"\xff\""]),
    shape("name-tab", ["-O2", "-c", "a.c", "-o", "\t.o", "-D\r=1"]),
    shape("source-wide", "-O2 -Wall -c wide.c"),
    shape("arguments-many", ["-O2", "-c", "a.c"] + ["-DA%d=%d" % (i, i) for i in range(3000)]),
    shape("arguments-link", ["main.c", "-o", "program"] + ["-L/none/%d" % i for i in range(3000)]),
    shape("argument-longest", ["-O2", "-c", "a.c", LONE]),
    shape("arguments-to-the-limit", ["-O2", "-c", "a.c", FILL]),
    shape("closed-stdin", "-O2 -c a.c -o x.o", setup="exec <&-"),
    shape("closed-stdout", "-O2 -c warn.c -o x.o", setup="exec >&-"),
    shape("closed-stderr", "-O2 -c warn.c -o x.o", setup="exec 2>&-"),
    shape("closed-all", "-O2 -c a.c -o x.o", setup="exec <&- >&- 2>&-"),
    shape("closed-all-link", "-O2 a.c b.c -o program", setup="exec <&- >&- 2>&-"),
    shape("closed-stdout-preprocess", "-E a.c", setup="exec >&-"),
    shape("full-stdout", "-E a.c", setup="exec >/dev/full"),
    shape("full-stderr", "-O2 -Wall -c warn.c -o x.o", setup="exec 2>/dev/full"),
    shape("stdin-folder", "-x c -c - -o x.o", setup="exec <."),
    shape("descriptor-source", "-O2 -x c -c /dev/fd/3 -o x.o", setup="exec 3<a.c"),
    shape("descriptor-output", "-O2 -c a.c -o /dev/fd/5", setup="exec 5>five.o"),
    shape("descriptor-jobserver", "-O2 -c a.c", setup="exec 3<a.c 4>job; echo >&4"),
    shape("descriptor-limit", "-O2 -c a.c -o x.o", setup="ulimit -n 12"),
    shape("source-fifo", "-O2 -x c -c fifo -o x.o", before="mkfifo fifo", setup="cat a.c >fifo &"),
    shape("response-fifo", "@fifo -o x.o", before="mkfifo fifo", setup="echo '-O2 -c a.c' >fifo &"),
    shape("response-descriptor", "@/dev/fd/3 -o x.o", setup="exec 3<plain.rsp"),
    shape("response-stdin", "@/dev/stdin -o x.o", stdin=b"-O2 -c a.c"),
    shape("response-unreadable", "@plain.rsp", before="chmod 0 plain.rsp"),
    shape("response-loop-link", "@loop", before="ln -s loop loop"),
    shape("response-huge", "@big.rsp", before="(echo -c a.c; yes -- -DX | head -100000) >big.rsp"),
    shape("umask-closed", "-O2 -c a.c -o x.o", setup="umask 077"),
    shape("umask-open", "-O2 -c a.c -MMD -o x.o", setup="umask 0"),
    shape("umask-odd", "-O2 a.c b.c -o program", setup="umask 0137"),
    shape("limit-file-size", "-O2 -c a.c -o x.o", setup="ulimit -f 0", names_command=True,
          varies="names:temporary-names err:addresses"), # of a stack without symbols
    shape("limit-file-size-log", "-fsyntax-only a.c", before="head -c 2000 a.s /dev/zero >log",
          setup="ulimit -f 1",
          env={"AUTOPASS_LOG": "log"}),
    shape("limit-core", "-O2 -c a.c", setup="ulimit -c 0; ulimit -t 50"),
    shape("signal-ignored", "-O2 -c a.c", setup="trap '' INT HUP TERM PIPE"),
    shape("output-over-read-only", "-O2 -c a.c -o x.o", before="echo old >x.o; chmod 444 x.o"),
    shape("output-over-executable", "-O2 -c a.c -o x.o", before="echo old >x.o; chmod 755 x.o"),
    shape("output-over-link", "-O2 -c a.c -o x.o", before="ln -s target.o x.o"),
    shape("output-over-hard-link", "-O2 -c a.c -o x.o", before="echo old >y.o; ln y.o x.o"),
    shape("output-over-fifo", "-O2 -c a.c -o x.o", before="mkfifo x.o", setup="cat x.o >taken &"),
    shape("output-folder-read-only", "-O2 -c a.c -o shut/x.o", before="mkdir shut; chmod 555 shut"),
    shape("output-kept-on-error", "-O2 -c bad.c -o x.o", before="echo old >x.o"),
    shape("source-unreadable", "-O2 -c a.c", before="chmod 0 a.c"),
    shape("source-link", "-O2 -g -c link.c", before="ln -s a.c link.c"),
    shape("source-dangling", "-O2 -c link.c", before="ln -s none.c link.c"),
    shape("source-folder", "-O2 -c tmp"),
    shape("object-truncated", "x.o -o program", before="printf '\\177ELF' >x.o"),
    shape("archive", "b.c -L. -la -o program", before="printf '!<arch>\\n' >liba.a",
          varies="err:temporary-names"),
    shape("pwd-wrong", "-O2 -g -c a.c -o x.o", env={"PWD": "/usr"}),
    shape("pwd-relative", "-O2 -g -c a.c -o x.o", env={"PWD": "."}),
    shape("pwd-missing", "-O2 -g -c a.c -o x.o", env={"PWD": None}),
    shape("pwd-through-link", "-O2 -g -c a.c -o x.o", before="ln -s . link", setup="cd link"),
    shape("folder-removed", "-O2 -c a.c", setup="mkdir gone; cd gone; rmdir ../gone"),
    shape("folder-removed-absolute", "-O2 -x c -c /dev/null -o x.o",
          setup="mkdir gone; cd gone; rmdir ../gone"),
    shape("folder-unreadable", "-O2 -c a.c -o x.o",
          before="mkdir shut; cp a.c shut; chmod 311 shut", setup="cd shut"),
    shape("folder-deep", "-O2 -g -c a.c -o x.o",
          before="d=$(printf '%0200d' 0); mkdir -p $d/$d/$d; cp a.c $d/$d/$d",
          setup="d=$(printf '%0200d' 0); cd $d/$d/$d"),
    shape("home-missing", "-O2 -c a.c -o x.o", env={"HOME": None}),
    shape("home-nowhere", "-O2 -c a.c -o x.o", env={"HOME": "/no/such/home"}),
    shape("home-read-only", "-O2 -c a.c -o x.o", before="chmod 555 ../home",
          env={"XDG_STATE_HOME": None}),
    shape("home-a-file", "-O2 -c a.c -o x.o", env={"HOME": "/dev/null", "XDG_STATE_HOME": None,
                                                   "XDG_DATA_HOME": ""}),
    shape("environment-bare", "-O2 -c a.c -o x.o",
          env={"HOME": None, "TMPDIR": None, "XDG_STATE_HOME": None, "XDG_DATA_HOME": None,
               "XDG_CONFIG_HOME": None}),
    shape("environment-huge", "-O2 -c a.c -o x.o", env={"HUGE": "h" * 100_000}),
    shape("temporary-folder-missing", "-O2 a.c b.c -o program",
          env={"TMPDIR": "/no/such/folder"}),
    shape("cpath", "-E -x c -", stdin=b"#include <a.h>\n", env={"CPATH": "/none:."}),
    shape("override-options", "-O0 -c a.c -o x.o", env={"CCC_OVERRIDE_OPTIONS": "x-O0 +-O2"}),
    shape("override-quiet", "-O0 -c a.c -o x.o", env={"CCC_OVERRIDE_OPTIONS": "# +-O2"}),
    shape("print-options", "-O2 -c a.c -o x.o", env={"CC_PRINT_OPTIONS": "1",
                                                     "CC_PRINT_OPTIONS_FILE": "said.txt"}),
    shape("print-headers", "-O2 -c with-header.c", env={"CC_PRINT_HEADERS": "1",
                                                        "CC_PRINT_HEADERS_FILE": "said.txt"}),
    shape("locale", "-O2 -c bad.c", env={"LC_ALL": "de_DE.UTF-8", "LANG": "C", "TERM": "xterm"}),
    shape("dependencies-output", "-O2 -c with-header.c", env={"DEPENDENCIES_OUTPUT": "said.d odd"}),
    shape("sunpro-dependencies", "-O2 -c with-header.c", env={"SUNPRO_DEPENDENCIES": "said.d"}),
    shape("cplus-include-path", "-O2 -c a.cc", cxx=True, env={"CPLUS_INCLUDE_PATH": "."}),
    shape("compiler-path", "-O2 a.c b.c -o program",
          env={"COMPILER_PATH": "/none", "LIBRARY_PATH": ".", "GCC_EXEC_PREFIX": "/none/"}),
    shape("by-absolute-name", "-O2 -Wall -c warn.c -o x.o", program="$CC"),
    shape("by-relative-name", "-O2 -Wall -c warn.c -o x.o", program="../" * 20 + ".$CC"),
    shape("project-file-garbage", "-O2 -c a.c -o x.o", before="echo 'project = [' >.autopass.toml"),
    shape("project-file-unknown", "-O2 -c a.c -o x.o",
          before="echo 'nonsense = 1' >.autopass.toml"),
    shape("project-file-fifo", "-O2 -c a.c -o x.o", before="mkfifo .autopass.toml"),
    shape("project-file-folder", "-O2 -c a.c -o x.o", before="mkdir .autopass.toml"),
    shape("project-file-sparse", "-O2 -c a.c -o x.o", before="truncate -s 4G .autopass.toml"),
    shape("project-file-unreadable", "-O2 -c a.c -o x.o",
          before="touch .autopass.toml; chmod 0 .autopass.toml"),
    shape("project-file-link", "-O2 -c a.c -o x.o", before="ln -s .autopass.toml .autopass.toml"),
]
