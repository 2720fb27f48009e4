# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# CMake: autopass-clang and autopass-clang++ as the compilers of a build.
#
#   cmake -DCMAKE_TOOLCHAIN_FILE=/usr/local/share/autopass/autopass.cmake -B build
#
# They are found from this file, so the installed tree can be moved. No CMAKE_SYSTEM_NAME is set: it
# is not a cross build.
get_filename_component(autopass_bin "${CMAKE_CURRENT_LIST_DIR}/../../bin" ABSOLUTE)
foreach(autopass_pair C:autopass-clang CXX:autopass-clang++)
  string(REPLACE ":" ";" autopass_pair "${autopass_pair}")
  list(GET autopass_pair 0 autopass_language)
  list(GET autopass_pair 1 autopass_program)
  if(NOT EXISTS "${autopass_bin}/${autopass_program}")
    message(FATAL_ERROR "there is no ${autopass_bin}/${autopass_program}: "
      "use this file where AutoPass has installed it, or set CMAKE_C_COMPILER and CMAKE_CXX_COMPILER")
  endif()
  set(CMAKE_${autopass_language}_COMPILER "${autopass_bin}/${autopass_program}")
endforeach()
