// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where our files live. Everything is found from the running program itself and from the
// environment, so that an installed tree can be moved.
#pragma once

#include <string>
#include <string_view>

namespace autopass {

// Of the environment; empty when it is not set.
std::string variable(const char* name);

// PATH; where there is none, what a shell searches then. Never empty: that would be the current folder.
std::string search_path();

// In own_library_folder(): what autopass-clang, a static program, becomes where libraries are preloaded.
inline constexpr std::string_view preloadable_wrapper = "autopass-clang-preloadable";

// The running program's own file, symbolic links resolved; empty when /proc is not there. The
// preloadable wrapper stands for autopass-clang.
std::string self_path();
// lib/autopass of the tree that this program was installed into (or of the build folder), found
// from self_path(): ../lib/autopass, else the build tree's layout. AUTOPASS_LIBDIR overrides.
std::string library_folder();
std::string own_library_folder(); // that nothing overrides
// lib/autopass/autopass-pass-<major>.so; empty when there is none.
std::string plugin_path(int llvm_major);

// $XDG_DATA_HOME/autopass, else $HOME/.local/share/autopass; empty when neither is set.
std::string data_folder();
// $XDG_STATE_HOME/autopass, else $HOME/.local/state/autopass; empty when neither is set.
std::string state_folder();
// $XDG_CONFIG_HOME/autopass, else $HOME/.config/autopass; empty when neither is set.
std::string config_folder();

// The immutable snapshot that compiles read: $AUTOPASS_PLANS, else data_folder()/plans.snapshot.
std::string snapshot_path();
// $AUTOPASS_PLANS where that is a file of plans written by hand, told by its first character that is
// no blank, '{', or that is not there and ends in .json; else empty. Such a file is never taken for a snapshot, nor overwritten by one.
std::string plan_file_path();
// What the tuner writes: data_folder()/plans.db.
std::string plans_path();
// state_folder()/builds.db and the spool beside it.
std::string builds_path();
std::string spool_path();

std::string parent(std::string_view path);    // "/a/b" -> "/a", "b" -> "."
std::string base_name(std::string_view path); // "/a/b" -> "b"
// The current folder, without links; empty when it was removed.
std::string current_folder();
// All links resolved; empty, with errno, when there is no such file.
std::string real_path(const std::string& path);
// `path` made absolute against `folder`, without ".", ".." and empty parts, by its text alone: links
// are kept. No slash at the end, but of "/".
std::string absolute(std::string_view path, std::string_view folder);

} // namespace autopass
