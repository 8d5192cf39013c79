@echo off
rem Windows: opens the course. The first start installs it from this folder, without a network.
setlocal
set "HERE=%~dp0"
if not defined SHARED_ORBITS_APP set "SHARED_ORBITS_APP=%LOCALAPPDATA%\so"
if exist "%SHARED_ORBITS_APP%\Scripts\shared-orbits.exe" goto run
set "PY="
for %%V in (3.13 3.12 3.14 3.11) do (
  if not defined PY py -%%V -c "import venv" >nul 2>nul && set "PY=py -%%V"
)
if not defined PY python -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))" >nul 2>nul && set "PY=python"
if not defined PY (
  echo Shared Orbits needs Python 3.11, 3.12, 3.13 or 3.14; none was found.
  pause
  exit /b 1
)
echo Installing into %SHARED_ORBITS_APP% (about two minutes, once).
%PY% -m venv "%SHARED_ORBITS_APP%" || goto failed
"%SHARED_ORBITS_APP%\Scripts\python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%HERE%wheels" shared-orbits || goto failed
:run
"%SHARED_ORBITS_APP%\Scripts\shared-orbits.exe" %*
exit /b
:failed
rmdir /s /q "%SHARED_ORBITS_APP%"
echo The installation failed: the folder wheels holds nothing for this Python, or is not complete.
pause
exit /b 1
